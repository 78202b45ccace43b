module.exports = [
  'strapi::logger',
  'strapi::errors',
  'strapi::security',
  {
    name: 'strapi::cors',
    config: {
      origin: ['https://app.example.com'],
      methods: ['GET', 'POST'],
      headers: ['Content-Type', 'X-Test'],
    },
  },
  'strapi::poweredBy',
  'strapi::query',
  'strapi::body',
];
