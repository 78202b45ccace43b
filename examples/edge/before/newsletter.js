import { App } from '@tinyhttp/app';
import { cors } from '@tinyhttp/cors';

const pages = new Set(['https://shop.example', 'https://blog.shop.example']);

const app = new App();

app.use(cors({
  // Nobody else gets a header.
  origin: (req) => (pages.has(req.headers.origin) ? req.headers.origin : null),
  methods: ['POST'],
  credentials: true,
}));

app.post('/newsletter', (req, res) => res.status(202).end());
app.listen(3007);
