import { RestApplication } from '@loopback/rest';

export default new RestApplication({ rest: { port: +(process.env.PORT ?? 3000), host: process.env.HOST, openApiSpec: { disabled: true } } });
