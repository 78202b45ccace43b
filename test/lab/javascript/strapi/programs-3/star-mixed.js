module.exports = {
  settings: {
    cors: {
      origin: ['https://app.example.com', '*'],
    },
  },
};
