module.exports = [
  'strapi::logger',
  'strapi::errors',
  'strapi::security',
  {
    name: 'strapi::cors',
    config: {
      origin: 'https://app.example.com, http://localhost:3000',
    },
  },
  'strapi::poweredBy',
  'strapi::query',
  'strapi::body',
];
