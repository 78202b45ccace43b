const { RestApplication } = require('@loopback/rest');

const config = {
  rest: {
    port: +(process.env.PORT ?? 3000),
    host: process.env.HOST,
    gracePeriodForClose: 5000,
    openApiSpec: { setServersFromRequest: true },
    cors: {
      origin: (origin, callback) => {
        const allowed = ['https://app.example.com'];
        if (!origin || allowed.includes(origin)) callback(null, true);
        else callback(null, false);
      },
      credentials: true,
    },
  },
};

module.exports = new RestApplication(config);
