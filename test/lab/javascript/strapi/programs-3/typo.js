module.exports = {
  settings: {
    cors: {
      enabled: true,
      origins: ['https://app.example.com'],
    },
  },
};
