require 'rack'

class App
  def call(env)
    request = Rack::Request.new(env)
    response = Rack::Response.new('ok')
    origin = request.get_header('HTTP_ORIGIN')
    response['Access-Control-Allow-Origin'] = '*'
    if request.options?
      response['Access-Control-Allow-Methods'] = 'GET, PUT'
      response['Access-Control-Allow-Headers'] = 'Authorization'
      response['Access-Control-Max-Age'] = '600'
    end
    response.finish
  end
end

run App.new
