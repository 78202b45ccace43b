module.exports = {
  settings: {
    cors: {
      enabled: true,
    },
  },
};
