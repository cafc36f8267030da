// Nothing is loaded from elsewhere: no validator badge, no fonts.
window.ui = window.SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  validatorUrl: null,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  supportedSubmitMethods: ['get'],
})
