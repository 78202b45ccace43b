module.exports = [
  'strapi::logger',
  'strapi::errors',
  'strapi::security',
  {
    name: 'strapi::cors',
    config: {
      origin: true,
    },
  },
  'strapi::poweredBy',
  'strapi::query',
  'strapi::body',
];
