import type { LoaderFunctionArgs } from '@remix-run/node';
import { json } from '@remix-run/node';
import { cors } from 'remix-utils/cors';

const tools = ['https://admin.shop.example', 'https://packing.shop.example'];

export async function loader({ request }: LoaderFunctionArgs) {
  const response = json({ labels: [] });
  return cors(request, response, {
    origin(origin) {
      return tools.includes(origin);
    },
    methods: ['GET'],
  });
}
