require 'rack/cors'

use Rack::Cors do
  allow do
    origins 'https://app.example.com'
    resource '*', headers: :any, expose: %w[X-Total-Count Link], max_age: 600
  end
end

run ->(_env) { [200, { 'Content-Type' => 'text/plain' }, ['ok']] }
