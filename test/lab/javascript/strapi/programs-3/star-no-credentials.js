module.exports = {
  settings: {
    cors: {
      origin: '*',
      credentials: false,
    },
  },
};
