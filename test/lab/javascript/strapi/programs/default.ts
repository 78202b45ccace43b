export default [
  'strapi::errors',
  'strapi::cors',
  'strapi::body',
];
