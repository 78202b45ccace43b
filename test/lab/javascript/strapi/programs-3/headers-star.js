module.exports = {
  settings: {
    cors: {
      enabled: true,
      headers: '*',
      origin: ['https://app.example.com', 'http://localhost:3000'],
    },
  },
};
