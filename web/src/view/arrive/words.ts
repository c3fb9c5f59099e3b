// SPDX-License-Identifier: AGPL-3.0-or-later
// Passphrases made of words drawn by chance. 512 words give nine bits each, so six words give 54 bits: with the slow
// stretching of the passphrase that is out of reach of guessing. The words are short, plain and easy to tell apart.

const WORDS: readonly string[] = (
  "acorn actor adult after agent alarm album almond alpine amber anchor animal ankle apple apron arch arena arrow artist aspen " +
  "atlas attic aunt autumn avenue bacon badger bagel baker bamboo banana banner barley barn barrel basil basket beach beacon beaver " +
  "bell bench berry bicycle birch biscuit bishop blanket blossom blue boat bonnet book boots border bottle boulder bowl bracket branch " +
  "brass bread brick bridge broom brother brown brush bubble bucket buffalo bugle bundle butter button cabbage cabin cable cactus cake " +
  "camel camera canal candle canoe canvas canyon caravan carbon cargo carpet carrot castle cedar cello cement chair chalk chapel cheese " +
  "cherry chess chestnut chicken chimney cider cinema circus citrus clarinet clay cliff clock cloud clover coast cobalt cocoa coconut coffee " +
  "comet compass copper coral corner cotton cousin cow crab cradle crane crayon cream cricket crown crystal cup curtain cushion cycle " +
  "daisy dance danish dawn deck deer delta denim desert desk dingo dish dolphin donkey door dough dozen dragon drawer drum " +
  "duck dune dust eagle early earth east echo eight elbow elder elm ember emerald empty engine envelope evening fabric falcon " +
  "family farm feather fence fern ferry fiddle field fifty finch finger fish flag flame flannel flint floor flour flower flute " +
  "foam fog forest fork fossil fountain fox frame freckle frost fruit funnel galaxy gallery garage garden garlic gate gecko gentle giant " +
  "ginger glacier glass globe glove goat gold goose granite grape grass gravel green grove guitar gull hammer hammock harbour harp harvest " +
  "hat hazel heather hedge helmet herb heron hill hippo honey hood horizon horse hotel house humble hut ice igloo index indigo " +
  "ink iris iron island ivory ivy jacket jade jam jar jasmine jelly jersey jigsaw journal judge juice jungle juniper kayak kettle " +
  "kitchen kite kitten kiwi knee knot koala label ladder lagoon lake lamp lantern lark laundry lava lavender lawn leaf leather lemon " +
  "lentil letter library light lilac lily lime linen lion lobster lodge lotus lunar lunch magnet magpie mango mantle maple marble march " +
  "margin market marsh meadow medal melody melon mentor metal midday milk mill mineral mint mirror mitten molar monday monkey morning mosaic " +
  "moss mountain muffin mule museum mushroom music mustard napkin narrow navy nectar needle nest nettle nickel night ninety noodle north notebook " +
  "nutmeg oak oasis oat ocean octave office olive onion opal opera orange orbit orchard orchid otter oval owl oxygen oyster paddle " +
  "page paint palace panda panel panther paper parade parcel parrot parsley pasta pastry path peach peacock peanut pearl pebble pelican pencil " +
  "penguin pepper piano picnic pigeon pillow pilot pine pink pirate planet plaster plate plum pocket poem pony poppy porch portrait potato " +
  "pottery powder prairie puffin pumpkin puppet purple puzzle quarry quarter queen quiet quilt quince rabbit radio radish railway rain raisin ranch " +
  "raven recipe ribbon rice ridge ring river road robin rocket roof rope rose " +
  "rowan ruby saddle saffron sail salad salmon salt sand sandal satin saturn sauce scarf school seal season seven shadow shed sheep shell " +
  "shore silk silver sister sixty sky slate sled snail snow soap sofa soup sparrow spider spoon spring squirrel stable star stone storm " +
  "sugar summer swan"
).split(" ");

export const WORDS_SUGGESTED = 6;

/** Words by chance, joined by hyphens. `random` fills an array with bytes nobody can guess. */
export function suggestPassphrase(random: (bytes: Uint32Array) => Uint32Array): string {
  return [...random(new Uint32Array(WORDS_SUGGESTED))].map((number) => WORDS[number % WORDS.length] ?? "").join("-");
}

export const wordCount = WORDS.length;
