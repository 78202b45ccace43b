export default [
  'strapi::logger',
  'strapi::errors',
  'strapi::security',
  {
    name: 'strapi::cors',
    config: {
      origin: ['https://shop.example', 'https://blog.shop.example'],
      headers: ['Content-Type', 'Authorization', 'X-Preview'],
    },
  },
  'strapi::query',
  'strapi::body',
  'strapi::public',
];
