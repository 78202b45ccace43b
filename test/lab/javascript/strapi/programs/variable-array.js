module.exports = ({ env }) => [
  'strapi::errors',
  {
    name: 'strapi::cors',
    config: { enabled: true, origin: env.array('CORS_LAB_NOT_SET', ['https://app.example.com']) },
  },
];
