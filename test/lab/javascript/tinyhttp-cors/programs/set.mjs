import { App } from '@tinyhttp/app';
import { cors } from '@tinyhttp/cors';

const trusted = ['https://app.example.com', 'http://localhost:3000'];
const app = new App();
app.use(cors({ origin: new Set(trusted) }));
app.use((req, res) => res.send('ok'));

app.listen(Number(process.env.PORT), undefined, '127.0.0.1');
