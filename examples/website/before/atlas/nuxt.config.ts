export default defineNuxtConfig({
  modules: ['nuxt-security'],
  security: {
    corsHandler: { origin: '*', credentials: true },
  },
});
