module.exports = [
  'strapi::logger',
  'strapi::errors',
  'strapi::security',
  {
    name: 'strapi::cors',
    config: {
      origin: ['https://app.example.com'],
      expose: 'X-Total-Count',
      methods: 'GET,POST,DELETE',
    },
  },
  'strapi::poweredBy',
  'strapi::query',
  'strapi::body',
];
