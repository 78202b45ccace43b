import { App } from '@tinyhttp/app';
import { cors } from '@tinyhttp/cors';

const app = new App();

app.use(cors({
  origin: ['https://shop.example', 'https://blog.shop.example'],
  methods: ['POST'],
  credentials: true,
}));

app.post('/newsletter', (req, res) => res.status(202).end());
app.listen(3007);
