module.exports = [
  'strapi::logger',
  'strapi::errors',
  'strapi::security',
  { name: 'strapi::cors', config: {} },
  'strapi::poweredBy',
  'strapi::query',
  'strapi::body',
];
