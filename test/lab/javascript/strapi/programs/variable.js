module.exports = ({ env }) => [
  'strapi::errors',
  {
    name: 'strapi::cors',
    config: {
      origin: env('CORS_LAB_NOT_SET', 'https://app.example.com'),
    },
  },
];
