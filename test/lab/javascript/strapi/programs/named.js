const cors = {
  name: 'strapi::cors',
  config: {
    origin: ['https://app.example.com', 'https://evil.example'],
    credentials: true,
  },
};

module.exports = ['strapi::errors', cors, 'strapi::body'];
