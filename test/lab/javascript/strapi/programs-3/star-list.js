module.exports = {
  settings: {
    cors: {
      origin: ['*'],
      headers: ['Content-Type', 'Authorization', 'X-Frame-Options'],
    },
  },
};
