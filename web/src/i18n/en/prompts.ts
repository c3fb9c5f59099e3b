/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Questions to begin a page with. They come only when someone opens a page, so they stand apart from the catalogue (prompts.ts
   beside this folder loads them). Plain, varied, not all of them sad; none asks for the worst that happened. Keys are kept in
   pages for good: a question may be reworded, its key may not be used for another. */
export const prompts = {
  // Here and now
  "now.room": "What can you see, hear and smell where you are?",
  "now.body": "Where in your body is it tight, and where is it soft?",
  "now.hand": "What did your hands do today?",
  "now.weather": "What is the weather like, outside and inside you?",
  "now.sentence": "How are you, in one honest sentence?",
  "now.colour": "If today had a colour, which one? Why that one?",
  "now.need": "What do you need tonight, and what could wait?",
  "now.sound": "Which sound was there today that you usually do not notice?",

  // The day
  "day.small": "What small thing went well today?",
  "day.long": "Which hour of today felt longest?",
  "day.first": "What was your first thought this morning?",
  "day.again": "Which minute of today would you like to have again?",
  "day.surprise": "What was different today from what you expected?",
  "day.ate": "What did you eat today, and with whom?",
  "day.outside": "What did you see through a window today?",
  "day.tired": "What made you tired today, and what gave you rest?",
  "day.wait": "What can wait until tomorrow, so that you can sleep?",

  // People
  "people.kind": "Who was kind to you lately? What did they do?",
  "people.easy": "With whom is it easy to be quiet?",
  "people.thank": "Whom would you like to thank, and for what?",
  "people.laugh": "Who makes you laugh? What was the last time?",
  "people.learned": "What did you learn from someone older than you?",
  "people.miss": "Whom do you miss today? What would you tell them about your day?",
  "people.understand": "What do you wish somebody understood without your explaining?",
  "people.gave": "What did you do for someone that nobody saw?",
  "people.say": "What have you wanted to say to someone for a while?",
  "people.near": "Who would you like to have sitting beside you now?",

  // Carrying something
  "heavy.what": "What feels heavy today? What makes it a little lighter?",
  "heavy.half": "If the load were half as big, what would you do tomorrow?",
  "heavy.share": "Which part of it could somebody else carry for a while?",
  "heavy.before": "What helped you the last time it was hard?",
  "heavy.rest": "Where do you feel safe enough to rest?",
  "heavy.friend": "What would you say to a friend who feels as you do now?",
  "heavy.enough": "What did you manage today, even if it looks small?",
  "heavy.fear": "What are you a little afraid of this week? What would help?",
  "heavy.angry": "What made you angry lately? What was important to you there?",
  "heavy.not": "What is not your job to fix?",

  // Good things
  "good.taste": "What tastes like home to you?",
  "good.place": "Describe a place where you like to be.",
  "good.song": "Which song has been with you lately? What does it bring back?",
  "good.proud": "What are you proud of that you rarely tell anyone?",
  "good.thing": "Choose one thing you own and love. How did it come to you?",
  "good.animal": "Tell about an animal you have known.",
  "good.hands": "What do you like to make, mend or grow?",
  "good.walk": "Where would you go for a walk if you had all day?",
  "good.silly": "What silly thing made you smile?",

  // Back then, gently
  "then.child": "What did you love to do when you were ten?",
  "then.smell": "Which smell takes you back to a good day?",
  "then.changed": "What do you see differently from five years ago?",
  "then.kept": "What have you kept for many years, and why?",
  "then.thanks": "Which earlier you would you like to thank? What did they do?",

  // Ahead
  "ahead.tomorrow": "What is one small thing you could do tomorrow, only for you?",
  "ahead.look": "What are you looking forward to, even a little?",
  "ahead.less": "What would you like less of this month? And what more of?",
  "ahead.try": "What would you like to try once, without being good at it?",
  "ahead.letter": "What would you like to remember about these days, a year from now?",
  "ahead.ask": "If you could ask for help with one thing, what would it be?",
  "ahead.begin": "What could begin again, slowly?",
} as const;
