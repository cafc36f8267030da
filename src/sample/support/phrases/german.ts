import type { Phrases } from './shape.ts'

export const german: Phrases = {
  'Product catalog': {
    pool: [
      'Welche Pumpe empfehlen Sie für {cubic} m³?',
      'Welche Poolpumpe ist sparsam?',
      'Vergleich {pump} und Jandy FloPro',
      'Haben Sie Salzanlagen für {cubic} m³?',
      'Wie viel Chlor brauche ich für {cubic} m³?',
      'Suche einen Poolroboter',
    ],
    landscape: [
      'Welche Regner haben Sie?',
      'Steuerung für {number} Zonen gesucht',
      'Tropfschlauch für Hochbeete',
      'Pumpe für die Gartenbewässerung',
    ],
  },
  'Compatible parts': {
    pool: [
      'Welche Kartusche passt in den {filter}?',
      'Dichtung für den Filterdeckel {filter}',
      'Gleitringdichtung für {pump}',
      'Ersatzteile für meinen Sandfilter',
      'Zusammenbau Kieselgurfilter {defilter}',
      'Passt {part} zur {pump}?',
    ],
    landscape: ['Welche Düse passt auf {part}?', 'Ersatzsieb für {filter}', 'Membran für ein 1 Zoll Ventil'],
  },
  'Pricing / inventory': {
    both: [
      'Ist {part} auf Lager?',
      'Was kostet {part}?',
      'Bestand {part}',
      'Haben Sie {part} in {city}?',
      'Verfügbarkeit {part}, brauche {number} Stück',
    ],
  },
  'Invoice / payment': {
    both: [
      'Bitte Rechnung {invoice} noch einmal senden',
      'Wie hoch ist mein offener Betrag?',
      'Rechnung {invoice} an {mail}',
    ],
  },
  'Product manuals': {
    both: ['Anleitung für {part}', 'Bedienungsanleitung gesucht', 'Schaltplan {part}'],
    pool: ['Wie programmiere ich die {pump}?'],
  },
  Orders: {
    both: [
      'Wo bleibt meine Bestellung {order}?',
      'Lieferstatus {order}',
      'Bestellung {order} stornieren',
      'Ich möchte {number} Stück zurückgeben',
    ],
  },
  'General conversation': {
    both: ['Hallo', 'Guten Morgen', 'Danke', 'Danke, das war alles', 'Kann ich mit einem Menschen sprechen?'],
  },
  'Tutorial videos': {
    both: ['Video zum Einwintern', 'Zeigen Sie mir, wie man den Filter reinigt'],
  },
  'Out of scope': { both: ['Wie wird das Wetter in {city}?', 'Erzähl mir einen Witz'] },
  'Nearest branch': {
    both: ['Wo ist die nächste Filiale?', 'Öffnungszeiten {city}', 'Wann öffnet die Filiale am Samstag?'],
  },
}
