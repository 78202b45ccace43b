export default defineNuxtConfig({
  modules: ['nuxt-security'],
  security: {
    corsHandler: { origin: 'https://shop.example', credentials: true },
  },
});
