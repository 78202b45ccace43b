module.exports = ({ env }) => [
  'strapi::errors',
  'strapi::cors',
  'strapi::body',
];
