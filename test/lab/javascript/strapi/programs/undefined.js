module.exports = [
  'strapi::logger',
  'strapi::errors',
  'strapi::security',
  {
    name: 'strapi::cors',
    config: {
      origin: undefined,
    },
  },
  'strapi::poweredBy',
  'strapi::query',
  'strapi::body',
];
