require 'rack/cors'

use Rack::Cors do
  allow do
    origins 'https://app.example.com'
    resource '*', headers: %w[Authorization X-Custom], methods: %i[get post]
  end
end

run ->(_env) { [200, { 'Content-Type' => 'text/plain' }, ['ok']] }
