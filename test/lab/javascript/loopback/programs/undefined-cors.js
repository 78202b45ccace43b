const { RestApplication } = require('@loopback/rest');

module.exports = new RestApplication({ rest: { port: +(process.env.PORT ?? 3000), host: process.env.HOST, cors: undefined } });
