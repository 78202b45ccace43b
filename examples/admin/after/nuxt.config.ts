export default defineNuxtConfig({
  devtools: { enabled: true },
  routeRules: {
    '/api/**': { headers: { 'access-control-allow-origin': 'https://admin.shop.example', 'vary': 'Origin' } },
  },
});
