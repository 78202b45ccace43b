export default [
  'strapi::errors',
  {
    name: 'strapi::cors',
    config: { origin: ['https://app.example.com', '*'] },
  },
];
