module.exports = [
  'strapi::logger',
  'strapi::errors',
  'strapi::security',
  {
    name: 'strapi::cors',
    config: {
      origin: [/\.example\.com$/],
    },
  },
  'strapi::poweredBy',
  'strapi::query',
  'strapi::body',
];
