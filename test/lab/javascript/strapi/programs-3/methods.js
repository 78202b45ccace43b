module.exports = {
  settings: {
    cors: {
      origin: ['https://app.example.com'],
      methods: ['GET', 'POST'],
      headers: ['Content-Type', 'X-Test'],
      expose: ['Link'],
      maxAge: 300,
    },
  },
};
