const { RestApplication } = require('@loopback/rest');

const config = {
  rest: {
    port: +(process.env.PORT ?? 3000),
    host: process.env.HOST,
    gracePeriodForClose: 5000,
    openApiSpec: { setServersFromRequest: true },
    cors: {
      origin: false,
    },
  },
};

module.exports = new RestApplication(config);
