import { feathers } from '@feathersjs/feathers';
import { koa, rest, bodyParser, cors } from '@feathersjs/koa';

const app = koa(feathers());
app.use(cors({ credentials: true }));
app.use(bodyParser());
app.use(async (ctx) => { ctx.body = 'ok'; });
app.listen(process.env.PORT, '127.0.0.1');
