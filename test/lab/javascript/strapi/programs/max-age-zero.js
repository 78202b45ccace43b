module.exports = [
  'strapi::logger',
  'strapi::errors',
  'strapi::security',
  {
    name: 'strapi::cors',
    config: {
      origin: ['https://app.example.com'],
      maxAge: 0,
    },
  },
  'strapi::poweredBy',
  'strapi::query',
  'strapi::body',
];
