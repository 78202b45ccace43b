module.exports = [
  'strapi::logger',
  'strapi::errors',
  'strapi::security',
  {
    name: 'strapi::cors',
    config: {
      origin: () => ['https://app.example.com', 'https://shop.example.com'],
    },
  },
  'strapi::poweredBy',
  'strapi::query',
  'strapi::body',
];
