module.exports = [
  'strapi::logger',
  'strapi::errors',
  'strapi::security',
  { name: 'strapi::cors' },
  'strapi::poweredBy',
  'strapi::query',
  'strapi::body',
];
