module.exports = {
  settings: {
    cors: {
      origin: ['https://*.example.com', 'https://app.example.com'],
    },
  },
};
