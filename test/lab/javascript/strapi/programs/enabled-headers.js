module.exports = [
  'strapi::logger',
  'strapi::errors',
  'strapi::security',
  {
    name: 'strapi::cors',
    config: {
      enabled: true,
      headers: '*',
      origin: ['http://localhost:3000', 'https://app.example.com'],
    },
  },
  'strapi::poweredBy',
  'strapi::query',
  'strapi::body',
];
