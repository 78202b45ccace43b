export default [
  'strapi::logger',
  'strapi::errors',
  'strapi::security',
  {
    name: 'strapi::cors',
    config: {
      origin: ['https://shop.example', 'https://*.shop.example'],
      allowedHeaders: ['Content-Type', 'Authorization', 'X-Preview'],
    },
  },
  'strapi::query',
  'strapi::body',
  'strapi::public',
];
