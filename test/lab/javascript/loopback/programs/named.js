const { RestApplication } = require('@loopback/rest');

const cors = {
  origin: ['https://app.example.com', 'https://evil.example'],
  credentials: true,
};

module.exports = new RestApplication({ rest: { port: +(process.env.PORT ?? 3000), host: process.env.HOST, cors } });
