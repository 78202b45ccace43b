module.exports = {
  settings: {
    cors: {
      origin: 'https://app.example.com, http://localhost:3000',
    },
  },
};
