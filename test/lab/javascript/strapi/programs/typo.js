module.exports = [
  'strapi::logger',
  'strapi::errors',
  'strapi::security',
  {
    name: 'strapi::cors',
    config: {
      origins: ['https://app.example.com'],
      allowedHeaders: ['X-Test'],
    },
  },
  'strapi::poweredBy',
  'strapi::query',
  'strapi::body',
];
