module.exports = [
  'strapi::logger',
  'strapi::errors',
  'strapi::security',
  {
    name: 'strapi::cors',
    config: {
      enabled: false,
    },
  },
  'strapi::poweredBy',
  'strapi::query',
  'strapi::body',
];
