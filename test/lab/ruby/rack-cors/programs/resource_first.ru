require 'rack/cors'

use Rack::Cors do
  allow do
    resource '*', headers: :any, methods: :any, credentials: true
    origins '*'
  end
end

run ->(_env) { [200, { 'Content-Type' => 'text/plain' }, ['ok']] }
