require 'rack/cors'

use Rack::Cors do
  allow do
    origins '*'
    resource '*', headers: :any, methods: %i[get post]
  end
end

run ->(_env) { [200, { 'Content-Type' => 'text/plain' }, ['ok']] }
