module.exports = [
  'strapi::logger',
  'strapi::errors',
  'strapi::security',
  {
    name: 'strapi::cors',
    config: {
      origin: (ctx) => ctx.request.header.origin,
    },
  },
  'strapi::poweredBy',
  'strapi::query',
  'strapi::body',
];
