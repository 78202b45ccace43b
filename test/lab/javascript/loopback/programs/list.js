const { RestApplication } = require('@loopback/rest');

const config = {
  rest: {
    port: +(process.env.PORT ?? 3000),
    host: process.env.HOST,
    gracePeriodForClose: 5000,
    openApiSpec: { setServersFromRequest: true },
    cors: {
      origin: ['https://app.example.com', 'http://localhost:3000'],
      credentials: true,
      maxAge: 600,
    },
  },
};

module.exports = new RestApplication(config);
