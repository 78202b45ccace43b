const { RestApplication } = require('@loopback/rest');

const config = {
  rest: {
    port: +(process.env.PORT ?? 3000),
    host: process.env.HOST,
    gracePeriodForClose: 5000,
    openApiSpec: { setServersFromRequest: true },
    cors: {
      origin: ['https://app.example.com'],
      optionsSuccessStatus: 200,
    },
  },
};

module.exports = new RestApplication(config);
