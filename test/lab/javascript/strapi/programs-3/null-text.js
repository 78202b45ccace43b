module.exports = {
  settings: {
    cors: {
      origin: ['null', 'https://app.example.com'],
    },
  },
};
